/** RTP payload format of JPEG, RFC 2435, with ONVIF's extension for large pictures. */
package io.gapless.rtp.jpeg;
