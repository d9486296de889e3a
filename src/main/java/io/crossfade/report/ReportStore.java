package io.crossfade.report;

/** Where reports are kept. */
interface ReportStore {
  /**
   * Keeps the report, as a page and as JSON, in the place of an earlier one.
   *
   * @param execution the execution that ended, of whose region the place is
   * @return where a person finds the page
   */
  String save(String deployment, String execution, ReleaseReport report);
}
