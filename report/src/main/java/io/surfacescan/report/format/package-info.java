/// How answers are written: JSON, NDJSON, CSV, text, drawings, and what their writers share.
@NullMarked
package io.surfacescan.report.format;

import org.jspecify.annotations.NullMarked;
