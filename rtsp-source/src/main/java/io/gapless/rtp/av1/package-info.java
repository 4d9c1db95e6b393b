/** "RTP Payload Format For AV1" of the Alliance for Open Media, version 1.0. */
package io.gapless.rtp.av1;
