@NullMarked
package io.surfacescan.spark;

import org.jspecify.annotations.NullMarked;
