package io.gapless.simulator;

/** What a connection sees of a camera: by which address, and of which encoder. */
record Viewing(CameraAddress address, CameraEncoder encoder) {
    Camera camera() {
        return address.camera();
    }

    CameraSpec spec() {
        return camera().spec();
    }

    ActiveFaults faults() {
        return address.faults();
    }
}
