/// Answers of any size, as fast as their readers take them and in bounded memory.
@NullMarked
package io.surfacescan.service.send;

import org.jspecify.annotations.NullMarked;
