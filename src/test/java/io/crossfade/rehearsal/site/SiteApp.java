package io.crossfade.rehearsal.site;

/** What the frontend or the backend does with a request, apart from HTTP and from time. */
interface SiteApp {
  Answer answer(String method, String path, String body);
}
