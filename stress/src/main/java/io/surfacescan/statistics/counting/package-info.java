/// Races of what threads share in the package of this name.
@NullMarked
package io.surfacescan.statistics.counting;

import org.jspecify.annotations.NullMarked;
