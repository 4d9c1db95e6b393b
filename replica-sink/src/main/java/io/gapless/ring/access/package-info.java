/**
 * What opens a ring: the shared secret and the PEM files of TLS, the same for server and client.
 */
package io.gapless.ring.access;
