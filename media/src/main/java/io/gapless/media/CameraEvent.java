package io.gapless.media;

/**
 * What the source says of a camera, in the camera's order: video, or that there is none for now.
 * Handed from owner to owner, never shared: whoever receives a {@link Fragment} must release it.
 */
public sealed interface CameraEvent permits Fragment, Interruption {
    CameraId camera();
}
