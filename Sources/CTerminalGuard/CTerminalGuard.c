#include "CTerminalGuard.h"

#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static const int signals[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT};
enum { signal_count = sizeof signals / sizeof *signals };

static struct sigaction former[signal_count];
static struct termios settings;
static int terminal = -1;
static volatile sig_atomic_t is_armed;

// Mouse and paste reports off, plain style, cursor shown, the shell's screen back.
static const char leave[] = "\033[?1006l\033[?1002l\033[?1000l\033[?2004l\033[0m\033[?25h\033[?1049l\r\n";

static void restore(int number, siginfo_t *info, void *context) {
    (void)context;
    if (is_armed) {
        is_armed = 0;
        ssize_t ignored = write(terminal, leave, sizeof leave - 1);
        (void)ignored;
        tcsetattr(terminal, TCSANOW, &settings);
    }
    // A fault happens again when the handler returns, and then goes to who handled it before. A signal that somebody
    // sent does not: it is sent again, to end the program as it would have.
    int is_sent = info->si_code <= 0 && number != SIGABRT;
    for (int index = 0; index < signal_count; index++) {
        if (signals[index] != number) { continue; }
        if (is_sent) {
            signal(number, SIG_DFL);
        } else {
            sigaction(number, &former[index], 0);
        }
    }
    if (is_sent) { raise(number); }
}

void cterminal_guard_start(int fd) {
    if (tcgetattr(fd, &settings) != 0) { return; }
    terminal = fd;
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_sigaction = restore;
    action.sa_flags = SA_ONSTACK | SA_SIGINFO;
    sigemptyset(&action.sa_mask);
    for (int index = 0; index < signal_count; index++) { sigaction(signals[index], &action, &former[index]); }
    is_armed = 1;
}

void cterminal_guard_pause(void) { is_armed = 0; }
void cterminal_guard_resume(void) { is_armed = terminal >= 0; }
