// libcurl, loaded when the first of its functions is called. With the thirty libraries that it
// needs, loading it takes longer than all the rest of whet's way to its first frame, in which no
// server is asked.
//
// Each function here has the name and type of one of libcurl's and hands the call on to it. Where
// libcurl is missing it fails as that one would without memory.

#include "Libcurl.h"

// Its first parameter became const with libcurl 8: the header's declaration is put out of the way.
#define curl_url_get curl_url_get_of_header
#include <curl/curl.h>
#undef curl_url_get
#include <dlfcn.h>

void *libcurl_function(const char *name) {
  // To load it again only finds it. Both functions may be called from any thread.
  void *library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
  return library ? dlsym(library, name) : NULL;
}

#define HAND_ON(result, failure, name, parameters, ...)                        \
  result name parameters {                                                     \
    static __typeof__(&name) _Atomic found;                                    \
    if (!found) found = (__typeof__(&name))libcurl_function(#name);            \
    return found ? found(__VA_ARGS__) : failure;                               \
  }

HAND_ON(CURLcode, CURLE_FAILED_INIT, curl_global_init, (long flags), flags)
HAND_ON(void, (void)0, curl_free, (void *text), text)

HAND_ON(struct curl_slist *, NULL, curl_slist_append,
        (struct curl_slist * list, const char *text), list, text)
HAND_ON(void, (void)0, curl_slist_free_all, (struct curl_slist * list), list)

HAND_ON(CURLU *, NULL, curl_url, (void))
HAND_ON(void, (void)0, curl_url_cleanup, (CURLU * url), url)
HAND_ON(CURLUcode, CURLUE_OUT_OF_MEMORY, curl_url_get,
        (const CURLU *url, CURLUPart part, char **text, unsigned int flags), url, part, text, flags)
HAND_ON(CURLUcode, CURLUE_OUT_OF_MEMORY, curl_url_set,
        (CURLU * url, CURLUPart part, const char *text, unsigned int flags), url, part, text, flags)

HAND_ON(CURL *, NULL, curl_easy_init, (void))
HAND_ON(void, (void)0, curl_easy_cleanup, (CURL * handle), handle)
HAND_ON(CURLcode, CURLE_FAILED_INIT, curl_easy_pause, (CURL * handle, int directions), handle,
        directions)
HAND_ON(const char *, "libcurl is not installed", curl_easy_strerror, (CURLcode code), code)
HAND_ON(CURLHcode, CURLHE_NOT_BUILT_IN, curl_easy_header,
        (CURL * handle, const char *name, size_t index, unsigned int origin, int request,
         struct curl_header **header),
        handle, name, index, origin, request, header)
HAND_ON(time_t, -1, curl_getdate, (const char *text, const time_t *unused), text, unused)

HAND_ON(CURLM *, NULL, curl_multi_init, (void))
HAND_ON(CURLMcode, CURLM_INTERNAL_ERROR, curl_multi_cleanup, (CURLM * multi), multi)
HAND_ON(CURLMcode, CURLM_INTERNAL_ERROR, curl_multi_add_handle, (CURLM * multi, CURL *handle),
        multi, handle)
HAND_ON(CURLMcode, CURLM_INTERNAL_ERROR, curl_multi_remove_handle, (CURLM * multi, CURL *handle),
        multi, handle)
HAND_ON(CURLMcode, CURLM_INTERNAL_ERROR, curl_multi_perform, (CURLM * multi, int *running), multi,
        running)
HAND_ON(CURLMcode, CURLM_INTERNAL_ERROR, curl_multi_poll,
        (CURLM * multi, struct curl_waitfd others[], unsigned int count, int timeout, int *ready),
        multi, others, count, timeout, ready)
HAND_ON(CURLMsg *, NULL, curl_multi_info_read, (CURLM * multi, int *left), multi, left)
