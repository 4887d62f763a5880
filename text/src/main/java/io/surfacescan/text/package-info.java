/// What every module does to text that comes from outside before a person reads it.
@NullMarked
package io.surfacescan.text;

import org.jspecify.annotations.NullMarked;
