/**
 * Finds which of a replica's fragments fill the holes of an archive, and where on its timeline:
 * docs/design/stitching.md. Pure code.
 */
package io.gapless.media.stitch;
