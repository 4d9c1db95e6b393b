package io.gapless.job.cli;

import io.gapless.media.CameraId;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a camera id. */
final class CameraIdArgument implements ITypeConverter<CameraId> {
    @Override
    public CameraId convert(String text) {
        try {
            return new CameraId(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
