/// The documents of the service itself: health, statistics, loads, problems.
@NullMarked
package io.surfacescan.report.status;

import org.jspecify.annotations.NullMarked;
