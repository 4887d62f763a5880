/// The description of the interface: `/openapi.json` and `/docs`.
@NullMarked
package io.surfacescan.service.docs;

import org.jspecify.annotations.NullMarked;
