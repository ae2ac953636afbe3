// Loads libxml2 when the first page is read: it brings the tables of ICU, some 30 MB, for which the
// start of a program that reads no page should not wait.

#include "CHTML.h"

#include <dlfcn.h>
#include <errno.h>
#include <libxml/HTMLparser.h>
#include <limits.h>
#include <pthread.h>

// The functions of libxml2, by their own names; all, or none.
static struct {
  __typeof__(&htmlNewParserCtxt) new_context;
  __typeof__(&htmlCtxtReadMemory) read_memory;
  __typeof__(&xmlStopParser) stop;
  __typeof__(&htmlFreeParserCtxt) free_context;
  __typeof__(&xmlFreeDoc) free_document;
} xml;
static int is_loaded;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
  void *library = dlopen("libxml2.so.2", RTLD_NOW | RTLD_LOCAL);
  if (!library) return;
  xml.new_context = (__typeof__(xml.new_context))dlsym(library, "htmlNewParserCtxt");
  xml.read_memory = (__typeof__(xml.read_memory))dlsym(library, "htmlCtxtReadMemory");
  xml.stop = (__typeof__(xml.stop))dlsym(library, "xmlStopParser");
  xml.free_context = (__typeof__(xml.free_context))dlsym(library, "htmlFreeParserCtxt");
  xml.free_document = (__typeof__(xml.free_document))dlsym(library, "xmlFreeDoc");
  is_loaded = xml.new_context && xml.read_memory && xml.stop && xml.free_context &&
              xml.free_document;
}

// The parser's own context is what libxml2 hands on; ours is its private data.
static const struct html_handler *handler_of(void *context) {
  return ((htmlParserCtxtPtr)context)->_private;
}

static void start_element(void *context, const xmlChar *name, const xmlChar **attributes) {
  const struct html_handler *handler = handler_of(context);
  handler->start(handler->context, (const char *)name, (const char *const *)attributes);
}

static void end_element(void *context, const xmlChar *name) {
  const struct html_handler *handler = handler_of(context);
  handler->end(handler->context, (const char *)name);
}

static void characters(void *context, const xmlChar *bytes, int count) {
  const struct html_handler *handler = handler_of(context);
  htmlParserCtxtPtr parser = context;
  int line = parser->input ? parser->input->line : 1;
  if (count <= 0) return;
  if (!handler->text(handler->context, (const char *)bytes, (size_t)count, line)) xml.stop(parser);
}

int html_read(
    const struct html_handler *handler, const char *bytes, size_t count, const char *encoding) {
  pthread_once(&once, load);
  if (!is_loaded) return ENOSYS;
  if (count > INT_MAX) return EFBIG;
  htmlParserCtxtPtr parser = xml.new_context();
  if (!parser) return ENOMEM;
  *parser->sax = (htmlSAXHandler){
      .startElement = start_element,
      .endElement = end_element,
      .characters = characters,
      .cdataBlock = characters,
      .ignorableWhitespace = characters,
  };
  parser->_private = (void *)handler;
  // Without the last flag, a page's own word on its encoding would overrule ours.
  int options = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
                (encoding ? HTML_PARSE_IGNORE_ENC : 0);
  htmlDocPtr document = xml.read_memory(parser, bytes, (int)count, NULL, encoding, options);
  if (document) xml.free_document(document);
  xml.free_context(parser);
  return 0;
}
