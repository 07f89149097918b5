@_exported import AnnonaEngine
@_exported import AnnonaLanguage
@_exported import AnnonaValues
