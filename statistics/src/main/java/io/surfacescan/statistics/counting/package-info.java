/// Requests counted and timed in memory, without a lock, and the numbers that come of it.
@NullMarked
package io.surfacescan.statistics.counting;

import org.jspecify.annotations.NullMarked;
