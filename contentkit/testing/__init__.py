"""For authors of plug-ins: what contentkit expects of a platform and of a drafter, as tests to inherit."""
