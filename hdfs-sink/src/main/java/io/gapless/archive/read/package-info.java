/** Reads the archive: what it holds of a camera, whether it is intact, and exports from it. */
package io.gapless.archive.read;
