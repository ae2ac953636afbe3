#include "CTransfer.h"

#include "Libcurl.h"

// A handle says that libcurl is there. What follows it is passed on with the type that it has here.
#define SET_OPTION (*(CURLcode (*)(CURL *, CURLoption, ...))libcurl_function("curl_easy_setopt"))
#define GET_INFO (*(CURLcode (*)(CURL *, CURLINFO, ...))libcurl_function("curl_easy_getinfo"))

CURLcode transfer_set_long(CURL *handle, CURLoption option, long value) {
  return SET_OPTION(handle, option, value);
}

CURLcode transfer_set_string(CURL *handle, CURLoption option, const char *value) {
  return SET_OPTION(handle, option, value);
}

CURLcode transfer_set_pointer(CURL *handle, CURLoption option, void *value) {
  return SET_OPTION(handle, option, value);
}

CURLcode transfer_set_callback(CURL *handle, CURLoption option, curl_write_callback callback) {
  return SET_OPTION(handle, option, callback);
}

CURLcode transfer_set_request_callback(CURL *handle, curl_prereq_callback callback) {
  return SET_OPTION(handle, CURLOPT_PREREQFUNCTION, callback);
}

CURLcode transfer_get_long(CURL *handle, CURLINFO info, long *value) {
  return GET_INFO(handle, info, value);
}

CURLcode transfer_get_string(CURL *handle, CURLINFO info, const char **value) {
  char *found = NULL;
  CURLcode result = GET_INFO(handle, info, &found);
  *value = found;
  return result;
}

void *transfer_next_finished(CURLM *multi, CURLcode *result) {
  int left;
  for (;;) {
    CURLMsg *message = curl_multi_info_read(multi, &left);
    if (!message) return NULL;
    if (message->msg != CURLMSG_DONE) continue;
    void *context = NULL;
    GET_INFO(message->easy_handle, CURLINFO_PRIVATE, &context);
    if (!context) continue;
    *result = message->data.result;
    return context;
  }
}
