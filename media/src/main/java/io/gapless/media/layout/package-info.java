/** How recordings are named, in the archive and in rings: docs/archive-format.md, "Files". */
package io.gapless.media.layout;
