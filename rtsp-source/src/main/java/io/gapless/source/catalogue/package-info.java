/** The catalogue: the file that lists the cameras to record. */
package io.gapless.source.catalogue;
