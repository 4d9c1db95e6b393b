/**
 * The server of a ring over HTTP/1.1 on Netty: reads the ring's files and keeps nothing.
 * docs/ring-protocol.md has the protocol.
 */
package io.gapless.ring.server;
