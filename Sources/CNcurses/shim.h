// ncurses with wide characters, and what of it Swift cannot see by itself: macros and shared variables.
#ifndef CNCURSES_SHIM_H
#define CNCURSES_SHIM_H
#define NCURSES_WIDECHAR 1
#include <ncurses.h>
#include <term.h>
#include <wchar.h>

static const unsigned int cncurses_bold = A_BOLD, cncurses_dim = A_DIM, cncurses_italic = A_ITALIC;
static const unsigned int cncurses_underline = A_UNDERLINE, cncurses_reverse = A_REVERSE;

static inline int cncurses_colors(void) { return COLORS; }
static inline int cncurses_pairs(void) { return COLOR_PAIRS; }
static inline WINDOW *cncurses_screen(void) { return stdscr; }
static inline int cncurses_width(unsigned int scalar) { return wcwidth((wchar_t)scalar); }

/// Puts one character with its marks on the screen, without moving curses' cursor. `scalars` ends with 0. Returns ERR,
/// and puts nothing, where curses does not take the scalars as one character.
static inline int cncurses_put(int y, int x, const wchar_t *scalars, unsigned int attributes, int pair) {
    cchar_t cell;
    if (setcchar(&cell, scalars, attributes, 0, &pair) == ERR) { return ERR; }
    return mvadd_wchnstr(y, x, &cell, 1);
}

/// What the terminal's description says of a string, or 0.
static inline const char *cncurses_capability(const char *name) {
    const char *text = tigetstr((char *)name);
    return text == (char *)-1 ? 0 : text;
}
#endif
