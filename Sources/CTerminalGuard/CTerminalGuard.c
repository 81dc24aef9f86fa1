#include "CTerminalGuard.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static const int signals[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT, SIGQUIT};
enum { signal_count = sizeof signals / sizeof *signals };

static struct sigaction former[signal_count];
static struct termios settings;
static int terminal_in = -1, terminal_out = -1;
static char leave[512];
static size_t leave_length;
static volatile sig_atomic_t is_armed;

// Only what may be called in a signal handler.
static void give_back(void) {
    if (!is_armed) { return; }
    is_armed = 0;
    int kept = errno;
    ssize_t ignored = write(terminal_out, leave, leave_length);
    (void)ignored;
    tcsetattr(terminal_in, TCSANOW, &settings);
    errno = kept;
}

static void restore(int number, siginfo_t *info, void *context) {
    (void)context;
    give_back();
    // A fault happens again when the handler returns, and then goes to who handled it before. A signal that was sent
    // does not, so it is sent again: the program's own abort to who handled it before, another's to end the program.
    int is_sent = info->si_code <= 0;
    int is_own = info->si_pid == getpid();
    for (int index = 0; index < signal_count; index++) {
        if (signals[index] != number) { continue; }
        if (is_sent && !is_own) {
            signal(number, SIG_DFL);
        } else {
            sigaction(number, &former[index], 0);
        }
    }
    if (is_sent) { raise(number); }
}

void cterminal_guard_start(int input, int output) {
    if (tcgetattr(input, &settings) != 0) { return; }
    int is_first = terminal_in < 0;
    terminal_in = input;
    terminal_out = output;
    if (!is_first) { return; }
    atexit(give_back);
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_sigaction = restore;
    action.sa_flags = SA_ONSTACK | SA_SIGINFO;
    sigemptyset(&action.sa_mask);
    for (int index = 0; index < signal_count; index++) { sigaction(signals[index], &action, &former[index]); }
}

void cterminal_guard_arm(const char *sequence) {
    if (terminal_in < 0) { return; }
    is_armed = 0;
    leave_length = strnlen(sequence, sizeof leave);
    memcpy(leave, sequence, leave_length);
    is_armed = 1;
}

void cterminal_guard_disarm(void) { is_armed = 0; }
