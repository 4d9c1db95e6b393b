/**
 * Recording from RTSP cameras on Netty: codec, session, authentication, and the recorder that dials
 * again until it is closed. Netty's types stay in here and in {@code io.gapless.rtp}.
 */
package io.gapless.rtsp;
