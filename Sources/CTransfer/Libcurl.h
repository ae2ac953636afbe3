// Finding libcurl's functions without linking to it.
#pragma once

/// A function of libcurl, which is loaded at the first call; NULL when it isn't installed.
void *libcurl_function(const char *name);
