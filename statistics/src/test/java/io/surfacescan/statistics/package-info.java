/// Tests of the statistics: recording, stores, and their behaviour when something fails.
@NullMarked
package io.surfacescan.statistics;

import org.jspecify.annotations.NullMarked;
