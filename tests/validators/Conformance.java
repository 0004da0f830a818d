// Checks a PDF with veraPDF's engine: java -cp OPENDATALOADER_JAR:JAXB Conformance.java PDF PROFILE…
// A profile is the name of a file of the jar: PDFUA-1, PDFA-3A. Prints a tab-separated line for each failed check
// (profile, clause and test, place, message) and for each profile the number of checks that were made.

import java.io.File;
import java.io.InputStream;
import java.util.Locale;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;

class Conformance {
    private static final int MANY = 1000;  // failed checks that are told, of each rule

    public static void main(String[] arguments) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        for (int i = 1; i < arguments.length; i++) {
            check(new File(arguments[0]), arguments[i]);
        }
    }

    private static void check(File pdf, String name) throws Exception {
        ValidationProfile profile = profile(name);
        PDFAFlavour flavour = profile.getPDFAFlavour();
        try (PDFAParser parser = Foundries.defaultInstance().createParser(pdf, flavour)) {
            ValidationResult result =
                Foundries.defaultInstance().createValidator(profile, MANY, false, true, false).validate(parser);
            for (TestAssertion check : result.getTestAssertions()) {
                if (check.getStatus() == TestAssertion.Status.FAILED) {
                    tell("failed", name, check.getRuleId().getClause() + "-" + check.getRuleId().getTestNumber(),
                         check.getLocation().getContext(), check.getMessage());
                }
            }
            tell("checked", name, String.valueOf(result.isCompliant()), String.valueOf(result.getTotalAssertions()));
        }
    }

    private static ValidationProfile profile(String name) throws Exception {
        String path = "org/verapdf/pdfa/validation/" + name.toUpperCase(Locale.ROOT) + ".xml";
        try (InputStream file = Conformance.class.getClassLoader().getResourceAsStream(path)) {
            if (file == null) {
                throw new IllegalArgumentException("the jar has no " + path);
            }
            return Profiles.profileFromXml(file);
        }
    }

    private static void tell(String... columns) {
        StringBuilder line = new StringBuilder();
        for (String column : columns) {
            line.append(line.length() > 0 ? "\t" : "").append(String.valueOf(column).replaceAll("\\s+", " "));
        }
        System.out.println(line);
    }
}
