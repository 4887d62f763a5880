@NullMarked
package io.surfacescan.text;

import org.jspecify.annotations.NullMarked;
