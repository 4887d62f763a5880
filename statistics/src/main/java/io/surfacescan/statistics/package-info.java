/// What was asked and how long it took: recorded in memory, kept in time buckets, added up over
/// restarts and instances. Knows neither HTTP nor environments.
@NullMarked
package io.surfacescan.statistics;

import org.jspecify.annotations.NullMarked;
