package org.postrider.smtp.wire;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;

/// Reads a command line. What is wrong with a line is told by the reply it is answered with,
/// whatever the state of the session: 500 for an unknown command, 501 for wrong arguments, 555 for
/// a parameter of no extension announced (RFC 5321 §4.2.4, §4.1.1.11).
///
/// More is taken than RFC 5321 writes where refusing would lose real mail: trailing white space
/// (RFC 5321 §4.1.1 asks for that), and spaces between the colon and the bracket of MAIL FROM and
/// RCPT TO, which many scripts send.
public final class SmtpCommandParser {

    private static final int LONGEST_SIZE = 18;

    private SmtpCommandParser() {}

    /// What a line is.
    public sealed interface Parsed {

        record Command(SmtpCommand command) implements Parsed {}

        /// Not a command: the answer to it.
        record Wrong(SmtpReply reply) implements Parsed {}
    }

    /// @param line without its CRLF
    public static Parsed parse(byte[] line) {
        var text = new String(line, StandardCharsets.ISO_8859_1);
        if (text.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7F)) {
            return new Parsed.Wrong(
                    SmtpReply.of(500, 5, 2, "Control characters are not part of a command"));
        }
        try {
            return new Parsed.Command(command(new CommandReader(text.stripTrailing())));
        } catch (SyntaxFault fault) {
            return new Parsed.Wrong(fault.reply());
        }
    }

    private static SmtpCommand command(CommandReader reader) throws SyntaxFault {
        var verb = reader.takeKeyword();
        return switch (verb) {
            case "EHLO" -> new SmtpCommand.Ehlo(client(reader, verb));
            case "HELO" -> new SmtpCommand.Helo(client(reader, verb));
            case "MAIL" -> mail(reader);
            case "RCPT" -> rcpt(reader);
            case "AUTH" -> auth(reader);
            case "DATA" -> alone(reader, verb, new SmtpCommand.Data());
            case "RSET" -> alone(reader, verb, new SmtpCommand.Rset());
            case "QUIT" -> alone(reader, verb, new SmtpCommand.Quit());
            case "STARTTLS" -> alone(reader, verb, new SmtpCommand.StartTls());
            case "NOOP" -> new SmtpCommand.Noop();
            case "HELP" -> new SmtpCommand.Help();
            case "VRFY" -> vrfy(reader);
            case "EXPN", "BDAT", "ETRN", "TURN", "ATRN", "SEND", "SOML", "SAML", "BURL", "LHLO" ->
                    new SmtpCommand.NotImplemented();
            case "GET", "POST", "PUT", "CONNECT", "OPTIONS" -> new SmtpCommand.OtherProtocol();
            default -> throw new SyntaxFault(500, 5, 2, "Command not recognized");
        };
    }

    private static SmtpCommand alone(CommandReader reader, String verb, SmtpCommand command)
            throws SyntaxFault {
        if (!reader.atEnd()) {
            throw new SyntaxFault(501, 5, 4, verb + " takes no argument");
        }
        return command;
    }

    private static ClientName client(CommandReader reader, String verb) throws SyntaxFault {
        return ClientName.parse(reader.takeRest())
                .orElseThrow(() -> new SyntaxFault(501, 5, 4, "Syntax: " + verb + " hostname"));
    }

    private static SmtpCommand vrfy(CommandReader reader) throws SyntaxFault {
        if (reader.takeRest().isEmpty()) {
            throw new SyntaxFault(501, 5, 4, "Syntax: VRFY address");
        }
        return new SmtpCommand.Vrfy();
    }

    private static SmtpCommand auth(CommandReader reader) throws SyntaxFault {
        reader.takeSpaces();
        var mechanism = reader.takeKeyword();
        boolean more = reader.takeSpaces();
        var initial = reader.takeWord();
        if (mechanism.isEmpty() || !reader.atEnd()) {
            throw new SyntaxFault(501, 5, 4, "Syntax: AUTH mechanism [initial-response]");
        }
        return new SmtpCommand.Auth(mechanism, more ? initial : null);
    }

    private static SmtpCommand mail(CommandReader reader) throws SyntaxFault {
        reader.takeSpaces();
        if (!reader.take("FROM:")) {
            throw new SyntaxFault(501, 5, 4, "Syntax: MAIL FROM:<address>");
        }
        reader.takeSpaces();
        var sender = PathParser.sender(reader);
        return new SmtpCommand.Mail(sender, mailParameters(reader));
    }

    private static SmtpCommand rcpt(CommandReader reader) throws SyntaxFault {
        reader.takeSpaces();
        if (!reader.take("TO:")) {
            throw new SyntaxFault(501, 5, 4, "Syntax: RCPT TO:<address>");
        }
        reader.takeSpaces();
        var recipient = PathParser.recipient(reader);
        var seen = new HashSet<String>();
        while (hasParameter(reader)) {
            throw unknown(Parameter.next(reader, seen));
        }
        return new SmtpCommand.Rcpt(recipient);
    }

    private static MailParameters mailParameters(CommandReader reader) throws SyntaxFault {
        var parameters = MailParameters.NONE;
        var seen = new HashSet<String>();
        while (hasParameter(reader)) {
            var parameter = Parameter.next(reader, seen);
            parameters =
                    switch (parameter.keyword()) {
                        case "SIZE" -> new MailParameters(size(parameter), parameters.body());
                        case "BODY" -> new MailParameters(parameters.octets(), body(parameter));
                        case "AUTH" -> submitter(parameter, parameters);
                        default -> throw unknown(parameter);
                    };
        }
        return parameters;
    }

    private static boolean hasParameter(CommandReader reader) throws SyntaxFault {
        if (reader.atEnd()) {
            return false;
        }
        if (!reader.takeSpaces()) {
            throw new SyntaxFault(501, 5, 4, "A space is missing behind the address");
        }
        return true;
    }

    private static SyntaxFault unknown(Parameter parameter) {
        return new SyntaxFault(555, 5, 4, "Parameter " + parameter.keyword() + " not recognized");
    }

    private static long size(Parameter parameter) throws SyntaxFault {
        var value = parameter.value();
        boolean digits = !value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits) {
            throw new SyntaxFault(501, 5, 4, "Syntax: SIZE=octets");
        }
        // RFC 1870 §5 writes at most 20 digits; what is beyond a long is beyond every limit too.
        return value.length() > LONGEST_SIZE ? Long.MAX_VALUE : Long.parseLong(value);
    }

    private static MailParameters.Body body(Parameter parameter) throws SyntaxFault {
        return switch (parameter.value().toUpperCase(Locale.ROOT)) {
            case "7BIT" -> MailParameters.Body.SEVEN_BIT;
            case "8BITMIME" -> MailParameters.Body.EIGHT_BIT_MIME;
            default -> throw new SyntaxFault(501, 5, 4, "Syntax: BODY=7BIT or BODY=8BITMIME");
        };
    }

    /// AUTH= names who submitted the message first. Nobody is trusted with that here, so it counts
    /// as `<>` whatever it says (RFC 4954 §5).
    private static MailParameters submitter(Parameter parameter, MailParameters parameters)
            throws SyntaxFault {
        if (parameter.value().isEmpty()) {
            throw new SyntaxFault(501, 5, 4, "Syntax: AUTH=<> or AUTH=mailbox");
        }
        return parameters;
    }
}
