@NullMarked
package io.surfacescan.snapshot;

import org.jspecify.annotations.NullMarked;
