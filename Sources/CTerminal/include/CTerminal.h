// What Swift cannot import of ncurses by itself: macros, the globals that Swift 6 takes for data
// races, and text of 32-bit scalars. No decisions are made here.

#pragma once

#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <termios.h>

#include "Signals.h"
#include "Spawn.h"

static const attr_t curses_bold = A_BOLD;
static const attr_t curses_dim = A_DIM;
static const attr_t curses_italic = A_ITALIC;
static const attr_t curses_underline = A_UNDERLINE;
static const attr_t curses_reverse = A_REVERSE;

/// Opens a screen on standard output and input; false when no such terminal type is known.
static inline bool curses_open(const char *type) { return newterm(type, stdout, stdin) != NULL; }

/// Lets insert and delete of whole lines be used, so that a scroll is cheap.
static inline void curses_allow_line_moves(void) { idlok(stdscr, TRUE); }

static inline int curses_color_count(void) { return COLORS; }
static inline int curses_pair_count(void) { return COLOR_PAIRS; }

/// Writes scalars of one look from a cell on.
static inline void curses_put(
    int y, int x, const uint32_t *scalars, int count, attr_t attributes, int pair) {
  // The last argument takes pairs beyond what the `short` can hold (curs_attr(3X)).
  attr_set(attributes, 0, &pair);
  mvaddnwstr(y, x, (const wchar_t *)scalars, count);
}

/// Says whether the cursor may stay wherever the writing ends.
static inline void curses_leave_cursor(bool leave) { leaveok(stdscr, leave); }

/// Fits curses to a window's size, without the KEY_RESIZE that resizeterm queues.
static inline void curses_resize(int height, int width) {
  if (LINES != height || COLS != width) resize_term(height, width);
}

/// Makes the next refresh paint every cell, whatever is believed to be on the screen.
static inline void curses_repaint(void) { clearok(curscr, TRUE); }
