// Leaves a sane terminal behind, however the program ends.
#ifndef CTERMINALGUARD_H
#define CTERMINALGUARD_H

/// Remembers how the terminal behind `input` is set, to be called before curses changes it. From then on, whenever the
/// guard is armed, a crash or an `exit` from anywhere writes the armed sequence to `output` and sets the terminal so
/// again; a crash then goes on as it would have, with the handlers there were before.
void cterminal_guard_start(int input, int output);

/// The terminal is in full-screen mode, which `sequence` (copied, up to 512 bytes) leaves.
void cterminal_guard_arm(const char *sequence);

/// Curses has left by itself: nothing is left to do in a crash.
void cterminal_guard_disarm(void);

#endif
