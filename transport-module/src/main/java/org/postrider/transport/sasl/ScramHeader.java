package org.postrider.transport.sasl;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.postrider.transport.ChannelBinding;

/// What a client may say of channel binding under the mechanism that it chose, on the connection
/// that it has (RFC 5802 §6).
///
/// @param binds whether it chose the mechanism that binds
/// @param bindings which the connection has
record ScramHeader(boolean binds, Map<ChannelBinding, byte[]> bindings) {

    ScramHeader {
        bindings = Map.copyOf(bindings);
    }

    /// What is wrong with the header of a client's first message, if anything is.
    Optional<ScramError> fault(ScramClientFirst first) {
        return bindingFault(first.binding()).or(() -> actsAs(first));
    }

    private Optional<ScramError> bindingFault(ScramClientFirst.Binding binding) {
        return switch (binding) {
            case ScramClientFirst.Binding.NotOffered() when !bindings.isEmpty() ->
                    Optional.of(ScramError.SERVER_DOES_SUPPORT_CHANNEL_BINDING);
            case ScramClientFirst.Binding.None(), ScramClientFirst.Binding.NotOffered() ->
                    Optional.of(ScramError.INVALID_ENCODING).filter(_ -> binds);
            case ScramClientFirst.Binding.Bound _ when !binds ->
                    Optional.of(ScramError.CHANNEL_BINDING_NOT_SUPPORTED);
            case ScramClientFirst.Binding.Bound(var type) ->
                    Optional.of(ScramError.UNSUPPORTED_CHANNEL_BINDING_TYPE)
                            .filter(_ -> octets(type).isEmpty());
        };
    }

    /// Nobody may act as another.
    private static Optional<ScramError> actsAs(ScramClientFirst first) {
        return first.actAs().filter(other -> !other.equals(first.name())).isPresent()
                ? Optional.of(ScramError.OTHER_ERROR)
                : Optional.empty();
    }

    /// What the client's last message has to say that the exchange is bound to: the header as it
    /// was, and the octets of the connection (RFC 5802 §7, cbind-input).
    byte[] bound(ScramClientFirst first) {
        var all = new ByteArrayOutputStream();
        all.writeBytes(first.header().getBytes(StandardCharsets.UTF_8));
        if (first.binding() instanceof ScramClientFirst.Binding.Bound(var type)) {
            all.writeBytes(octets(type).orElseThrow());
        }
        return all.toByteArray();
    }

    private Optional<byte[]> octets(String type) {
        return ChannelBinding.named(type)
                .flatMap(named -> Optional.ofNullable(bindings.get(named)));
    }
}
