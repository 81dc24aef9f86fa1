// Leaves a sane terminal behind, however the program ends.
#ifndef CTERMINALGUARD_H
#define CTERMINALGUARD_H

/// Remembers how the terminal behind `fd` is set, and from then on sets it so again when the program crashes: the
/// handler writes the sequences that leave full-screen mode, restores the settings and the old handler, and returns, so
/// that what the crash would have done goes on. To be called before curses starts.
void cterminal_guard_start(int fd);

/// Curses has left by itself: nothing is left to do in a crash, until `cterminal_guard_resume`.
void cterminal_guard_pause(void);
void cterminal_guard_resume(void);

#endif
