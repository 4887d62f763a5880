/// Tests of how measurements are kept and shown.
@NullMarked
package io.surfacescan.bench;

import org.jspecify.annotations.NullMarked;
