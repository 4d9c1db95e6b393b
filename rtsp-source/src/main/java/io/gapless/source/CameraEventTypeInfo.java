package io.gapless.source;

import io.gapless.media.CameraEvent;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** The type of the stream of events, with the serializer that never serializes. */
public final class CameraEventTypeInfo extends TypeInformation<CameraEvent> {
    public static final CameraEventTypeInfo INSTANCE = new CameraEventTypeInfo();
    private static final long serialVersionUID = 1L;

    private CameraEventTypeInfo() {}

    @Override
    public boolean isBasicType() {
        return false;
    }

    @Override
    public boolean isTupleType() {
        return false;
    }

    @Override
    public int getArity() {
        return 1;
    }

    @Override
    public int getTotalFields() {
        return 1;
    }

    @Override
    public Class<CameraEvent> getTypeClass() {
        return CameraEvent.class;
    }

    @Override
    public boolean isKeyType() {
        return false;
    }

    @Override
    public TypeSerializer<CameraEvent> createSerializer(SerializerConfig config) {
        return CameraEventSerializer.INSTANCE;
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof CameraEventTypeInfo;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CameraEventTypeInfo;
    }

    @Override
    public int hashCode() {
        return CameraEventTypeInfo.class.hashCode();
    }

    @Override
    public String toString() {
        return "CameraEvent";
    }
}
