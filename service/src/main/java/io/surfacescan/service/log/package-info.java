/// The log: what happens, in lines of text or JSON that no secret gets into.
@NullMarked
package io.surfacescan.service.log;

import org.jspecify.annotations.NullMarked;
