"""Danish formats where Django's own are too few: dates may be typed as people type them."""

DATE_INPUT_FORMATS = ["%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%Y", "%d.%m.%y", "%d-%m-%y"]
SHORT_DATE_FORMAT = "j. N Y"
