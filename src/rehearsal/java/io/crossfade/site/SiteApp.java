package io.crossfade.site;

/** What the frontend or the backend does with a request, apart from HTTP and from time. */
interface SiteApp {
  SiteResponse answer(String method, String path, String body);
}
