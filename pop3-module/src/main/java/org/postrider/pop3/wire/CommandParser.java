package org.postrider.pop3.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.postrider.transport.sasl.SaslDialogue;

/// Reads one line as a command (RFC 1939 §3): a keyword in any case, arguments divided by spaces.
/// Spaces at the end are taken without complaint, except in a password, where they count.
public final class CommandParser {

    private static final Parsed NO_SUCH_MESSAGE = new Parsed.Invalid("no such message");

    private CommandParser() {}

    /// @param line a line without its CRLF
    public static Parsed parse(byte[] line) {
        return decoded(line).map(CommandParser::parse).orElse(invalid("the line is not UTF-8"));
    }

    private static Parsed parse(String line) {
        int space = line.indexOf(' ');
        var keyword = upperCase(space < 0 ? line : line.substring(0, space));
        var rest = space < 0 ? "" : line.substring(space + 1);
        return switch (keyword) {
            case "USER" -> user(rest.strip());
            case "PASS" ->
                    space < 0
                            ? invalid("PASS needs a password")
                            : valid(new Pop3Command.Pass(rest));
            case "AUTH" -> auth(words(rest));
            case "STAT" -> alone(rest, new Pop3Command.Stat());
            case "LIST" -> allOrOne(rest, new Pop3Command.ListAll(), Pop3Command.ListOne::new);
            case "UIDL" -> allOrOne(rest, new Pop3Command.UidlAll(), Pop3Command.UidlOne::new);
            case "RETR" -> one(rest, Pop3Command.Retr::new);
            case "TOP" -> top(words(rest));
            case "DELE" -> one(rest, Pop3Command.Dele::new);
            case "NOOP" -> alone(rest, new Pop3Command.Noop());
            case "LAST" -> alone(rest, new Pop3Command.Last());
            case "RSET" -> alone(rest, new Pop3Command.Rset());
            case "CAPA" -> alone(rest, new Pop3Command.Capa());
            case "STLS" -> alone(rest, new Pop3Command.Stls());
            case "QUIT" -> alone(rest, new Pop3Command.Quit());
            default -> invalid("unknown command");
        };
    }

    private static Parsed user(String name) {
        return name.isEmpty() ? invalid("USER needs a name") : valid(new Pop3Command.User(name));
    }

    private static Parsed auth(List<String> words) {
        return switch (words.size()) {
            case 0 -> valid(new Pop3Command.AuthMechanisms());
            case 1 -> valid(new Pop3Command.Auth(upperCase(words.get(0)), Optional.empty()));
            case 2 ->
                    SaslDialogue.initialResponse(words.get(1))
                            .map(initial -> authWith(upperCase(words.get(0)), initial))
                            .orElse(invalid("the initial response is not base64"));
            default -> invalid("AUTH takes a mechanism and at most one response");
        };
    }

    private static Parsed authWith(String mechanism, byte[] initialResponse) {
        return valid(new Pop3Command.Auth(mechanism, Optional.of(initialResponse)));
    }

    private static Parsed top(List<String> words) {
        if (words.size() != 2) {
            return invalid("TOP needs a message number and a number of lines");
        }
        if (!isNumber(words.get(1))) {
            return invalid("not a number of lines");
        }
        long lines = magnitude(words.get(1));
        return number(words.get(0), number -> new Pop3Command.Top(number, lines));
    }

    private static Parsed alone(String rest, Pop3Command command) {
        return rest.isBlank() ? valid(command) : invalid("the command takes no argument");
    }

    private static Parsed allOrOne(
            String rest, Pop3Command all, Function<MessageNumber, Pop3Command> one) {
        return rest.isBlank() ? valid(all) : one(rest, one);
    }

    private static Parsed one(String rest, Function<MessageNumber, Pop3Command> command) {
        var words = words(rest);
        return words.size() == 1
                ? number(words.get(0), command)
                : invalid("the command takes one message number");
    }

    private static Parsed number(String word, Function<MessageNumber, Pop3Command> command) {
        if (!isNumber(word)) {
            return invalid("not a message number");
        }
        long value = magnitude(word);
        return value < 1 || value > Integer.MAX_VALUE
                ? NO_SUCH_MESSAGE
                : valid(command.apply(new MessageNumber((int) value)));
    }

    private static boolean isNumber(String word) {
        return !word.isEmpty() && word.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    }

    /// The value of a row of digits, or the largest there is: a client that wants all lines asks
    /// for more than fit.
    private static long magnitude(String digits) {
        long value = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (value > (Long.MAX_VALUE - digit) / 10) {
                return Long.MAX_VALUE;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    private static List<String> words(String rest) {
        var text = rest.strip();
        return text.isEmpty() ? List.of() : List.of(text.split(" +", -1));
    }

    /// Upper case for ASCII only, so that no other letter becomes part of a keyword.
    private static String upperCase(String word) {
        boolean ascii = word.chars().allMatch(c -> c < 0x80);
        return ascii ? word.toUpperCase(Locale.ROOT) : word;
    }

    private static Optional<String> decoded(byte[] line) {
        try {
            return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static Parsed valid(Pop3Command command) {
        return new Parsed.Valid(command);
    }

    private static Parsed invalid(String why) {
        return new Parsed.Invalid(why);
    }
}
