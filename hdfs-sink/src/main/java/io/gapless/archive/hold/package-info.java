/** Video that the archive has not acknowledged: in memory, and past a mark of it on local disks. */
package io.gapless.archive.hold;
