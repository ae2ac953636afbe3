// libpq, loaded when the first of its functions is called: with TLS and Kerberos it brings a dozen
// libraries, for which the start of a program that asks no database should not wait.
//
// Each function here has the name and type of one of libpq's and hands the call on to it.

#include "CPostgres.h"

#include <dlfcn.h>

static void *libpq_function(const char *name) {
  // To load it again only finds it. It may be called from any thread.
  void *library = dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL);
  return library ? dlsym(library, name) : NULL;
}

int postgres_is_installed(void) { return libpq_function("PQconnectStartParams") != NULL; }

#define HAND_ON(result, failure, name, parameters, ...)                        \
  result name parameters {                                                     \
    static __typeof__(&name) _Atomic found;                                    \
    if (!found) found = (__typeof__(&name))libpq_function(#name);              \
    return found ? found(__VA_ARGS__) : failure;                               \
  }

HAND_ON(PQconninfoOption *, NULL, PQconninfoParse, (const char *text, char **error), text, error)
HAND_ON(void, (void)0, PQconninfoFree, (PQconninfoOption * options), options)
HAND_ON(void, (void)0, PQfreemem, (void *memory), memory)

HAND_ON(PGconn *, NULL, PQconnectStartParams,
        (const char *const *names, const char *const *values, int expand), names, values, expand)
HAND_ON(PostgresPollingStatusType, PGRES_POLLING_FAILED, PQconnectPoll, (PGconn * connection),
        connection)
HAND_ON(ConnStatusType, CONNECTION_BAD, PQstatus, (const PGconn *connection), connection)
HAND_ON(int, 0, PQconnectionNeedsPassword, (const PGconn *connection), connection)
HAND_ON(int, -1, PQsocket, (const PGconn *connection), connection)
HAND_ON(char *, "", PQerrorMessage, (const PGconn *connection), connection)
HAND_ON(const char *, NULL, PQparameterStatus, (const PGconn *connection, const char *name),
        connection, name)
HAND_ON(PQnoticeProcessor, NULL, PQsetNoticeProcessor,
        (PGconn * connection, PQnoticeProcessor processor, void *context), connection, processor,
        context)
HAND_ON(void, (void)0, PQfinish, (PGconn * connection), connection)

HAND_ON(int, 0, PQsendQueryParams,
        (PGconn * connection, const char *command, int count, const Oid *types,
         const char *const *values, const int *lengths, const int *formats, int result_format),
        connection, command, count, types, values, lengths, formats, result_format)
HAND_ON(int, 0, PQconsumeInput, (PGconn * connection), connection)
HAND_ON(int, 0, PQisBusy, (PGconn * connection), connection)
HAND_ON(PGresult *, NULL, PQgetResult, (PGconn * connection), connection)
HAND_ON(int, 0, PQsetSingleRowMode, (PGconn * connection), connection)
HAND_ON(int, -1, PQputCopyData, (PGconn * connection, const char *bytes, int count), connection,
        bytes, count)
HAND_ON(int, -1, PQputCopyEnd, (PGconn * connection, const char *error), connection, error)

HAND_ON(ExecStatusType, PGRES_FATAL_ERROR, PQresultStatus, (const PGresult *result), result)
HAND_ON(char *, NULL, PQresultErrorField, (const PGresult *result, int field), result, field)
HAND_ON(int, 0, PQntuples, (const PGresult *result), result)
HAND_ON(int, 0, PQnfields, (const PGresult *result), result)
HAND_ON(char *, "", PQgetvalue, (const PGresult *result, int row, int column), result, row, column)
HAND_ON(int, 0, PQgetlength, (const PGresult *result, int row, int column), result, row, column)
HAND_ON(int, 1, PQgetisnull, (const PGresult *result, int row, int column), result, row, column)
HAND_ON(void, (void)0, PQclear, (PGresult * result), result)

HAND_ON(PGcancel *, NULL, PQgetCancel, (PGconn * connection), connection)
HAND_ON(int, 0, PQcancel, (PGcancel * cancel, char *error, int size), cancel, error, size)
HAND_ON(void, (void)0, PQfreeCancel, (PGcancel * cancel), cancel)
