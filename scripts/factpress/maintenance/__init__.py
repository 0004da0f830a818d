"""Scripts for maintainers of this repository; they are left out of the wheel."""
