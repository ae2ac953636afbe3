// libpq, PostgreSQL's own client. What of <libpq-fe.h> is called is in CPostgres.c, and loads the
// library when it is first needed.
#pragma once

#include <postgresql/libpq-fe.h>

/// Whether libpq is installed. Where it isn't, no other function of it may be called.
int postgres_is_installed(void);
