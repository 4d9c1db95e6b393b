/**
 * The client of a ring: asks what it holds of a camera and fetches fragments, believing nothing it
 * is told. docs/ring-protocol.md has the protocol.
 */
package io.gapless.ring.client;
