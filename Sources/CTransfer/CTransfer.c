#include "CTransfer.h"

CURLcode transfer_set_long(CURL *handle, CURLoption option, long value) {
  return curl_easy_setopt(handle, option, value);
}

CURLcode transfer_set_string(CURL *handle, CURLoption option, const char *value) {
  return curl_easy_setopt(handle, option, value);
}

CURLcode transfer_set_pointer(CURL *handle, CURLoption option, void *value) {
  return curl_easy_setopt(handle, option, value);
}

CURLcode transfer_set_callback(CURL *handle, CURLoption option, curl_write_callback callback) {
  return curl_easy_setopt(handle, option, callback);
}

CURLcode transfer_get_long(CURL *handle, CURLINFO info, long *value) {
  return curl_easy_getinfo(handle, info, value);
}

CURLcode transfer_get_string(CURL *handle, CURLINFO info, const char **value) {
  char *found = NULL;
  CURLcode result = curl_easy_getinfo(handle, info, &found);
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
    curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &context);
    if (!context) continue;
    *result = message->data.result;
    return context;
  }
}
