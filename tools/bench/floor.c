// The least that a full-screen program can do: one frame with ncurses, about as full and as
// colourful as whet's own, and then each key shown at the cursor. It is what whet's start, its echo
// and its memory are measured against.
//
// cc -O2 floor.c -o floor -lncursesw -ltinfo

#define _XOPEN_SOURCE_EXTENDED 1
#include <locale.h>
#include <ncurses.h>

static void pane(int y, int x, int height, int width, const char *title) {
  attron(COLOR_PAIR(1));
  mvaddch(y, x, ACS_ULCORNER);
  mvaddch(y, x + width - 1, ACS_URCORNER);
  mvaddch(y + height - 1, x, ACS_LLCORNER);
  mvaddch(y + height - 1, x + width - 1, ACS_LRCORNER);
  mvhline(y, x + 1, ACS_HLINE, width - 2);
  mvhline(y + height - 1, x + 1, ACS_HLINE, width - 2);
  mvvline(y + 1, x, ACS_VLINE, height - 2);
  mvvline(y + 1, x + width - 1, ACS_VLINE, height - 2);
  attroff(COLOR_PAIR(1));
  attron(COLOR_PAIR(2) | A_BOLD);
  mvaddstr(y, x + 2, title);
  attroff(COLOR_PAIR(2) | A_BOLD);
}

int main(void) {
  setlocale(LC_ALL, "");
  initscr();
  raw();
  noecho();
  nonl();
  start_color();
  use_default_colors();
  init_pair(1, COLOR_BLUE, -1);
  init_pair(2, COLOR_YELLOW, -1);

  int height, width;
  getmaxyx(stdscr, height, width);
  int top = (height - 2) / 2, left = width * 9 / 20;
  mvaddstr(0, 1, "floor");
  pane(1, 0, top, left, " Prompt ");
  pane(1, left, top, width - left, " Context ");
  pane(1 + top, 0, height - 2 - top, width / 2, " A ");
  pane(1 + top, width / 2, height - 2 - top, width - width / 2, " B ");
  for (int y = 2; y < top; y++) mvaddstr(y, left + 2, "a passage of a document, and its source");
  mvaddstr(height - 1, 1, "^Q quit");
  move(2, 2);
  refresh();

  // A paste: keys that wait already are read to their end, and only the last one is shown, in the
  // row below.
  int waiting = ERR, waited = 0;
  for (int key; (key = waiting != ERR ? waiting : getch()) != ERR && key != ('Q' & 0x1F);) {
    nodelay(stdscr, TRUE);
    waiting = getch();
    nodelay(stdscr, FALSE);
    if (waiting != ERR) {
      waited = 1;
      continue;
    }
    if (waited) move(3, 2);
    waited = 0;
    if (key == ('U' & 0x1F)) {
      move(2, 2);
      for (int x = 2; x < left - 1; x++) addch(' ');
      move(2, 2);
    } else {
      addch((chtype)key);
    }
    refresh();
  }
  endwin();
  return 0;
}
