// libcurl as Swift can call it: the few variadic functions, one for each type of argument.
// Everything else of <curl/curl.h> is imported as it is, and what of it is called is in Libcurl.c.
#pragma once

#include <curl/curl.h>

/// A number or a truth value.
CURLcode transfer_set_long(CURL *handle, CURLoption option, long value);
/// A string, which libcurl copies, but for CURLOPT_POSTFIELDS; NULL unsets the option.
CURLcode transfer_set_string(CURL *handle, CURLoption option, const char *value);
/// A list or the context of a callback; libcurl keeps the pointer.
CURLcode transfer_set_pointer(CURL *handle, CURLoption option, void *value);
/// CURLOPT_WRITEFUNCTION or CURLOPT_HEADERFUNCTION.
CURLcode transfer_set_callback(CURL *handle, CURLoption option, curl_write_callback callback);

/// CURLOPT_PREREQFUNCTION: called when the request is about to go out on its connection.
CURLcode transfer_set_request_callback(CURL *handle, curl_prereq_callback callback);

CURLcode transfer_get_long(CURL *handle, CURLINFO info, long *value);
/// A string that belongs to the handle; NULL when there is none.
CURLcode transfer_get_string(CURL *handle, CURLINFO info, const char **value);

/// The context that a finished transfer was given as CURLOPT_PRIVATE, with how it ended; NULL when
/// no transfer has finished since the last call.
void *transfer_next_finished(CURLM *multi, CURLcode *result);
