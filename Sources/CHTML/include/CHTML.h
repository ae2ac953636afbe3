// Libxml2's HTML parser, which forgives as browsers do, as a stream of events. Its structures are
// full of what Swift would have to guard; here they stay behind one function.

#pragma once

#include <stddef.h>

/// What is called with what a page holds, in its order. Names are in lower case, texts UTF-8; all
/// hold until the call returns. What the page leaves open is closed, what it closes twice left out.
struct html_handler {
  /// Handed on to each call.
  void *context;
  /// @param attributes names and values by turns, ended by NULL; a value may be NULL; NULL for none
  void (*start)(void *context, const char *name, const char *const *attributes);
  void (*end)(void *context, const char *name);
  /// @param line of the page, from 1, on which the text ends
  /// @return whether to go on
  int (*text)(void *context, const char *bytes, size_t count, int line);
};

/// Reads a page. Loads libxml2 when it is the first.
///
/// @param encoding what it is in; NULL to go by what the page says of itself, else ISO-8859-1
/// @return 0; ENOSYS where libxml2 isn't installed, ENOMEM, EFBIG for 2 GB or more
int html_read(
    const struct html_handler *handler, const char *bytes, size_t count, const char *encoding);
