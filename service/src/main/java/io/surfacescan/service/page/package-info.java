/// The web page: the files of the module `web`, under names that change with them.
@NullMarked
package io.surfacescan.service.page;

import org.jspecify.annotations.NullMarked;
