/// Placeholder.
@NullMarked
package io.surfacescan.report;

import org.jspecify.annotations.NullMarked;
